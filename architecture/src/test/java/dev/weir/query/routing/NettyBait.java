package dev.weir.query.routing;

import io.netty.channel.Channel;

/** Breaks: only the peer package knows Netty. */
public record NettyBait(Channel channel) {}

package dev.weir.query.routing;

import org.eclipse.jetty.server.Server;

/** Breaks: only the http package knows Jetty's server. */
public record JettyBait(Server server) {}

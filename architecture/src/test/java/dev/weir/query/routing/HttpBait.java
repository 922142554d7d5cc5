package dev.weir.query.routing;

import io.javalin.Javalin;

/** Breaks: only the http package knows Javalin. */
public record HttpBait(Javalin server) {}

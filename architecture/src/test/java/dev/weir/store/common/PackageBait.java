package dev.weir.store.common;

/** Breaks: no package collects what has no home. */
public record PackageBait(int anything) {}

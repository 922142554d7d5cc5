package dev.weir.query.graphql.attic;

/** Breaks: a GraphQL request goes one way from room to room; this is none of them. */
public record NoRoomBait(String thing) {}

package dev.weir.query.graphql.fields;

/** Keeps all rules, and is nothing that the room of types may know. */
public record FieldWord(String name) {}

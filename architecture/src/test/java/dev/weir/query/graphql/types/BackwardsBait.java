package dev.weir.query.graphql.types;

import dev.weir.query.graphql.fields.FieldWord;

/** Breaks: a GraphQL request goes one way from room to room. */
public record BackwardsBait(FieldWord field) {}

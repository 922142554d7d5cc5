package dev.weir.query.graphql;

import graphql.GraphQL;

/** Keeps all rules. */
public record GraphqlOwner(GraphQL engine) {}

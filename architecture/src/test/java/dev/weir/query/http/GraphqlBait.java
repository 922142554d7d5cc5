package dev.weir.query.http;

import graphql.GraphQL;

/** Breaks: only the graphql package knows graphql-java. */
public record GraphqlBait(GraphQL engine) {}

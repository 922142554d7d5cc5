/**
 * GraphQL over the database: the words that all rooms below share, which are settings, requests,
 * errors and how they are told. A request goes from {@code transport} to {@code execution}, which
 * has its text understood by {@code documents} and its fields answered by {@code fields}; these two
 * know collections by what {@code types} says of them. Nothing goes back, and nobody else knows the
 * library.
 */
@NullMarked
package dev.weir.query.graphql;

import org.jspecify.annotations.NullMarked;

package dev.weir.query.graphql;

import dev.weir.store.CollectionDefinition;

/**
 * A collection as the schema shows it.
 *
 * @param definition what it is
 * @param names what its fields and types are called
 * @param keys how its keys are written
 * @param documents what its documents look like
 */
record CollectionModel(
    CollectionDefinition definition, CollectionNames names, KeyForm keys, DocumentModel documents) {
  int id() {
    return definition.id();
  }
}

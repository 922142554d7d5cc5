package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionModel;

/** The fields of vertices that walk over several edges. */
record WalkSchema(ReachSchema reach, PathSchema paths) {

  /** What all vertices share. */
  void addShared() {
    reach.addShared();
    paths.addShared();
  }

  /** Adds the fields to the type of a collection's vertices. */
  void add(CollectionModel collection, ObjectDraft type) {
    reach.add(collection, type);
    paths.add(collection, type);
  }
}

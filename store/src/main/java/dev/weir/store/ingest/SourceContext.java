package dev.weir.store.ingest;

import dev.weir.store.SourceDefinition;

/**
 * What the threads of one source on a node share.
 *
 * @param definition of the source
 * @param mapping its mapping
 * @param settings of ingest
 * @param watermarks how far the shards have got
 * @param target where records go
 * @param meters of the source
 */
record SourceContext(
    SourceDefinition definition,
    SourceMapping mapping,
    IngestSettings settings,
    Watermarks watermarks,
    SessionTarget target,
    SourceMeters meters) {

  boolean acceptsLoss() {
    return settings.acceptLostRecords().contains(definition.name());
  }

  /** How the source is called in messages. */
  String what() {
    return "source " + definition.name() + " (topic " + definition.topic() + ")";
  }
}

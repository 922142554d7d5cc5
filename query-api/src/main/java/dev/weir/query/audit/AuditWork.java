package dev.weir.query.audit;

import dev.weir.store.CollectionDefinition;
import java.util.List;

/**
 * What the parts of one comparison share.
 *
 * @param collection that is compared
 * @param sources all that feed it, by their numbers
 * @param state asked for documents
 * @param pace of the audit
 * @param patienceNanos how long ingest may take, and a difference must last
 */
record AuditWork(
    CollectionDefinition collection,
    List<AuditedSource> sources,
    StateSide state,
    AuditPace pace,
    long patienceNanos) {}

package dev.weir.query.audit;

import dev.weir.query.Database;
import dev.weir.store.SourceDefinition;
import dev.weir.store.audit.AuditedTopic;
import dev.weir.store.audit.LetterPlaces;
import dev.weir.store.ingest.ValueLimits;
import java.io.IOException;
import java.util.function.Function;

/**
 * What audits need of the node around them.
 *
 * @param database asked strongly
 * @param topics opens the topic of a source
 * @param letters knows the dead letters
 * @param limits of what comes from sources
 * @param memoryBytes that one audit may use, roughly
 */
public record AuditPorts(
    Database database,
    Function<SourceDefinition, AuditedTopic> topics,
    Letters letters,
    ValueLimits limits,
    long memoryBytes) {

  /** Where dead letters are looked up. */
  @FunctionalInterface
  public interface Letters {
    /**
     * Tells of those of a source.
     *
     * @throws IOException if Kafka does not give them
     */
    void tell(SourceDefinition source, LetterPlaces places) throws IOException;
  }
}

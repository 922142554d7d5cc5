package dev.weir.store.ingest;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps records that cannot be mapped, as they are and with the reason. Safe from any thread. */
interface DeadLetters {

  /**
   * Keeps one record.
   *
   * @param source name of the source
   * @return completes when all in-sync replicas have it; exceptionally if it is not known to be
   *     kept
   */
  CompletionStage<?> keep(
      String source, ConsumerRecord<byte[], byte[]> record, Mapped.Poison poison);
}

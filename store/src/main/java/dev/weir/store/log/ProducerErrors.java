package dev.weir.store.log;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells errors of single records from errors after which a producer sends nothing any more. */
final class ProducerErrors {

  private ProducerErrors() {}

  static boolean endProducer(Exception error) {
    if (error instanceof InterruptException || error instanceof SerializationException) {
      return false;
    }
    return !(error instanceof ApiException)
        || error instanceof ClusterAuthorizationException
        || error instanceof InvalidPidMappingException
        || error instanceof InvalidProducerEpochException
        || error instanceof ProducerFencedException
        || error instanceof UnsupportedVersionException;
  }
}

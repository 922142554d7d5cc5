/** A Kafka broker inside this process. */
@NullMarked
package dev.weir.kafka;

import org.jspecify.annotations.NullMarked;

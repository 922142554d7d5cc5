package dev.weir.query.peer;

import dev.weir.query.SharedKey;
import org.apache.kafka.common.Uuid;

/**
 * Who a node is to its peers. Two nodes talk if they agree on everything but the node id.
 *
 * @param node id of this node, unique in the application
 * @param application name of the application
 * @param logId Kafka's topic id of the log
 * @param generation number of the log, from 0
 * @param key the secret that makes a peer a peer
 */
public record PeerIdentity(
    String node, String application, Uuid logId, int generation, SharedKey key) {}

package dev.weir.store.streams;

import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryResult;

/**
 * A {@link Query} in the form that {@code KafkaStreams.query} takes (IQv2, KIP-796): each local
 * shard answers for itself.
 *
 * @param query what to ask of each shard
 */
public record InteractiveQuery<R>(Query<R> query)
    implements org.apache.kafka.streams.query.Query<R> {

  QueryResult<R> answer(OpenShards shards, int shard, Position position, PositionBound bound) {
    if (!reached(position, bound.position())) {
      return QueryResult.notUpToBound(position, bound, shard);
    }
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return QueryResult.forFailure(
          FailureReason.NOT_PRESENT, "the shard is not open here: ask where it moved");
    }
    try {
      if (query.collection() != 0 && !open.view().knows(query.collection())) {
        return QueryResult.forFailure(
            FailureReason.DOES_NOT_EXIST, "no collection has the id " + query.collection());
      }
      ReadResult.Answer<R> answer =
          (ReadResult.Answer<R>) LocalReader.evaluate(open.view(), shard, query);
      QueryResult<R> result = QueryResult.forResult(answer.value());
      result.setPosition(position);
      return result;
    } finally {
      shards.release(open);
    }
  }

  private static boolean reached(Position position, Position bound) {
    for (String topic : bound.getTopics()) {
      for (var wanted : bound.getPartitionPositions(topic).entrySet()) {
        Long offset = position.getPartitionPositions(topic).get(wanted.getKey());
        if (offset != null && offset < wanted.getValue()) {
          return false;
        }
      }
    }
    return true;
  }
}

package dev.weir.query.graphql.execution;

import dev.weir.query.graphql.Rendering;
import dev.weir.query.graphql.Stage;
import graphql.GraphQLError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one operation, one or many, each when it is there. Taken by one at a time,
 * otherwise safe from any thread.
 */
public interface Results extends AutoCloseable {

  /** The next result; null = there is none now. */
  @Nullable Result next();

  /** Whether the last result was taken. */
  boolean isOver();

  /** Has something done once, as soon as there is a result or the end; it is quick. */
  void whenReady(Runnable action);

  /** Nobody takes results any more. */
  @Override
  void close();

  /**
   * A result.
   *
   * @param isRefusal whether it says why the operation was not executed, or not to its end: the
   *     JSON is the list of errors then, and this is the last result
   * @param json else data, errors and extensions; shared, do not modify
   */
  record Result(boolean isRefusal, byte[] json) {

    /** What became of an execution. */
    static Result of(Engine.Executed executed) {
      Object errors = executed.result().get("errors");
      return executed.stage() == Stage.EXECUTION || errors == null
          ? new Result(false, ResultJson.bytes(executed.result()))
          : new Result(true, ResultJson.bytes(errors));
    }

    /** What became of one event of several: what it fails with does not end the others. */
    static Result ofEvent(Engine.Executed executed) {
      return new Result(false, ResultJson.bytes(executed.result()));
    }

    /** An operation that is not executed, or not to its end. */
    public static Result refusal(GraphQLError error) {
      return new Result(true, ResultJson.bytes(List.of(Rendering.error(error))));
    }
  }
}

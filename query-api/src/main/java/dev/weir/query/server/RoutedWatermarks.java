package dev.weir.query.server;

import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.Query;
import dev.weir.store.ingest.Watermarks;
import dev.weir.store.write.LogRecord.Origin;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the shards of all nodes how far they have got with a source. */
record RoutedWatermarks(Database database) implements Watermarks {

  private static final int PATIENCE_SECONDS = 10;

  @Override
  public Answer lowest(Origin origin) {
    Query.Progress question =
        new Query.Progress(origin.source(), origin.topicId(), origin.partition());
    try {
      Result<Query.Reached> result = database.ask(question).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (result instanceof Result.Failure<Query.Reached> failure) {
        return new Answer.Unknown(failure.refusal().toString());
      }
      Query.Reached reached = ((Result.Success<Query.Reached>) result).value();
      return reached.any() ? new Answer.Lowest(reached.lowest()) : new Answer.None();
    } catch (TimeoutException e) {
      return new Answer.Unknown("no answer within " + PATIENCE_SECONDS + " s");
    } catch (ExecutionException e) {
      return new Answer.Unknown(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown("interrupted");
    }
  }
}

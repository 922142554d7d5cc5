package dev.weir.graph.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import dev.weir.store.ShardMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job may ask of the collections that are there. */
class JobPlanTest {
  private static final Catalogue CATALOGUE =
      new Catalogue(
          1,
          4,
          List.of(
              new CollectionDefinition(
                  1, "page", KeyType.Scalar.STRING, "bytes", Writer.API, null, 1),
              CollectionDefinition.edges("links", new Edge("page", "page", null, null))
                  .numbered(2, 1)
                  .between(new Ends(KeyType.Scalar.STRING, KeyType.Scalar.STRING))),
          List.of());

  @Test
  void conditionsOnValuesWithoutFieldsAreRefused() throws Exception {
    assertThat(faults("\"vertexFilter\":{\"a\":{\"gt\":1}}"))
        .singleElement()
        .asString()
        .contains("vertexFilter", "'page' are bytes", "leave it out");
    assertThat(faults("\"edgeFilter\":{\"a\":{\"gt\":1}}")).isEmpty();
  }

  private static List<String> faults(String more) throws Exception {
    String json = "{\"algorithm\":\"pr\",\"edges\":[\"links\"],\"result\":\"rank\"," + more + "}";
    JobRequest request =
        ((JobRequest.Good) JobRequest.read(new ObjectMapper().readTree(json))).request();
    return JobPlan.of(request, CATALOGUE, new ShardMap(2)).faults();
  }
}

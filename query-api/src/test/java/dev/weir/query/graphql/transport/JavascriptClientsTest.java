package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients that people use, from npm, against the real server. */
@Timeout(180)
class JavascriptClientsTest {

  /** ksqldb-graphql #11. */
  @Test
  void documentsAreReadAndWrittenWithGraphqlRequestAndApollo() throws Exception {
    try (LiveServer server = new LiveServer()) {
      server.collection("book", 0);
      assertThat(NpmScripts.run("requests.mjs", server.url())).contains("20 checks passed");
    }
  }

  /** ksqldb-graphql #11, ksql #5407. */
  @Test
  void collectionsAreFollowedWithGraphqlWsAndGraphqlSse() throws Exception {
    try (LiveServer server = new LiveServer()) {
      server.collection("kept", 1_000);
      assertThat(NpmScripts.run("subscriptions.mjs", server.url())).contains("20 checks passed");
    }
  }
}

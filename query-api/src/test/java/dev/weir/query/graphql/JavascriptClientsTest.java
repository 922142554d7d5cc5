package dev.weir.query.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients that people use for subscriptions, from npm, against the real server. */
@Timeout(180)
class JavascriptClientsTest {

  @Test
  void collectionsAreFollowedWithGraphqlWsAndGraphqlSse() throws Exception {
    try (LiveServer server = new LiveServer()) {
      server.collection("kept", 1_000);
      assertThat(NpmScripts.run("subscriptions.mjs", server.url())).contains("20 checks passed");
    }
  }
}

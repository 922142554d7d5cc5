package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.query.AuditView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditRoutesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    server.audits.busy = null;
    server.audits.asked.clear();
  }

  @Test
  void anAuditOfASourceOrOfAllBegins() {
    server
        .request()
        .post("/v1/audits?source=people&patience=3&rate=500")
        .then()
        .statusCode(202)
        .body("state", equalTo("running"))
        .body("sound", nullValue())
        .body("collections", contains("person"));
    assertThat(server.audits.terms).isEqualTo(new AuditView.Terms(Duration.ofSeconds(3), 500));
    server.request().post("/v1/audits").then().statusCode(202);
    assertThat(server.audits.asked).containsExactly(List.of("person"), List.of("person"));
  }

  @Test
  void whatWasFoundIsShown() {
    server
        .request()
        .get("/v1/audits/1")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("state", equalTo("done"))
        .body("sound", equalTo(false))
        .body("complete", equalTo(false))
        .body("reports[0].differences.kind", contains("not-removed", "unexpected"))
        .body("reports[0].differences.offset", contains(5, null))
        .body("reports[0].moreDifferences", equalTo(4))
        .body("reports[0].sources[0].partitions[0].superseded", equalTo(2));
    server.request().delete("/v1/audits/1").then().statusCode(202);
  }

  @Test
  void whatCannotBeAuditedIsRefused() {
    problem("/v1/audits?source=nobody", 404, "unknown-source", "no source 'nobody'");
    problem("/v1/audits?source=person", 404, "unknown-source", "its sources: people");
    problem("/v1/audits?source=note", 404, "unknown-source", "nothing to compare");
    problem("/v1/audits?rate=0", 400, "invalid-parameter", "rate");
    server.audits.busy = "17";
    problem("/v1/audits?source=people", 409, "audit-running", "17");
    server.audits.busy = "";
    problem("/v1/audits?source=people", 503, "shutting-down", "no audits");
    server.request().get("/v1/audits/2").then().statusCode(404);
    server.request().delete("/v1/audits/x").then().statusCode(404);
  }

  private static void problem(String path, int status, String type, String detail) {
    server
        .request()
        .post(path)
        .then()
        .statusCode(status)
        .body("type", equalTo("https://weir.dev/problems/" + type))
        .body("detail", containsString(detail));
  }
}

package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/problems.md} the same as the catalogue. */
class ProblemsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "problems.md");

  @Test
  void thePageListsTheCatalogue() throws Exception {
    if (Boolean.getBoolean(OpenApiTest.REWRITE)) {
      Files.writeString(PAGE, page());
    }
    assertThat(page()).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void typesAreDistinctAndSayWhatToDo() {
    List<ProblemType> types = List.of(ProblemType.values());
    assertThat(types).extracting(ProblemType::uri).doesNotHaveDuplicates();
    assertThat(types).extracting(ProblemType::title).doesNotHaveDuplicates();
    assertThat(types).allMatch(t -> t.status() >= 400 && t.status() < 600);
    assertThat(types).allMatch(t -> t.action().endsWith("."));
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Problems

            What the HTTP API refuses, it refuses with a problem document (RFC 9457,
            `application/problem+json`). Clients compare `type`, which never changes; `title` and `action`
            are for people, `detail` says what happened this time, further members hold the facts (such as
            `collection`, `parameter`, `shard`, `limit`). Where `Retry-After` is set, the same request may
            work after that many seconds.

            The type of a problem is `https://weir.dev/problems/` and the name below. This page is written
            from the catalogue in `ProblemType.java`; a test keeps the two the same.
            """);
    for (ProblemType.Blame blame : ProblemType.Blame.values()) {
      page.append("\n## ").append(heading(blame)).append("\n\n");
      page.append("| name | status | title | what to do |\n| --- | --- | --- | --- |\n");
      Arrays.stream(ProblemType.values())
          .filter(t -> t.blame() == blame)
          .forEach(
              t ->
                  page.append(
                      "| `%s` | %d | %s | %s |\n"
                          .formatted(t.slug(), t.status(), t.title(), t.action())));
    }
    return page.toString();
  }

  private static String heading(ProblemType.Blame blame) {
    return switch (blame) {
      case CALLER -> "The caller must change something";
      case LOAD -> "More was asked than can be done at once";
      case CLUSTER -> "Nodes or the broker are changing or away";
      case OPERATOR -> "An operator must look at the server";
    };
  }
}

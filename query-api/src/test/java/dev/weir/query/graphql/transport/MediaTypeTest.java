package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is read from the header {@code Accept}. */
class MediaTypeTest {

  @Test
  void eventsArePreferredOnlyByThoseWhoSaySo() {
    assertThat(MediaType.prefersEvents(null)).isFalse();
    assertThat(MediaType.prefersEvents("*/*")).isFalse();
    assertThat(MediaType.prefersEvents("application/json, text/event-stream")).isFalse();
    assertThat(MediaType.prefersEvents("text/event-stream;q=0")).isFalse();
    assertThat(MediaType.prefersEvents("text/event-stream")).isTrue();
    assertThat(MediaType.prefersEvents("Text/Event-Stream, application/json")).isTrue();
    assertThat(MediaType.prefersEvents("application/json;q=0.5, text/event-stream")).isTrue();
  }
}

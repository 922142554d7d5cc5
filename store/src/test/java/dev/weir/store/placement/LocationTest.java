package dev.weir.store.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "r1", "a/r1", "eu/a/r1"})
  void readsWhatItWritesAndFitsInTheTagsOfAClient(String text) {
    Location location = Location.parse(text);
    assertThat(location.toString()).isEqualTo(text);
    assertThat(Location.ofTags(location.tags())).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/", "a//b", "a/b/c/d", "a b", "0123456789012345678901234567890"})
  void refusesWhatIsNoLocation(String text) {
    assertThatThrownBy(() -> Location.parse(text)).hasMessageContaining("is no location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a room", "a/b/c/d"})
  void whatAnOlderNodeAnnouncedIsARack(String text) {
    assertThat(Location.announced(text).rack()).isEqualTo(text);
  }

  @Test
  void aPlaceIsNamedWithAllThatItLiesIn() {
    Location location = Location.parse("eu/a/r1");
    assertThat(location.place(Separation.RACK)).isEqualTo(List.of("eu", "a", "r1"));
    assertThat(location.place(Separation.ZONE)).isEqualTo(List.of("eu", "a"));
    assertThat(location.place(Separation.REGION)).isEqualTo(List.of("eu"));
    assertThat(Location.parse("r1").place(Separation.ZONE)).isEmpty();
    assertThat(Location.ofTags(Map.of())).isEqualTo(Location.UNSAID);
  }

  @Test
  void aRackIsNearOnlyInItsZoneAndRegion() {
    Location here = Location.parse("eu/a/r1");
    assertThat(here.nearness(Location.parse("eu/a/r1"))).isEqualTo(3);
    assertThat(here.nearness(Location.parse("eu/a/r2"))).isEqualTo(2);
    assertThat(here.nearness(Location.parse("eu/b/r1"))).isEqualTo(1);
    assertThat(here.nearness(Location.parse("us/a/r1"))).isZero();
    assertThat(Location.parse("r1").nearness(Location.parse("r1"))).isEqualTo(3);
    assertThat(Location.UNSAID.nearness(Location.UNSAID)).isZero();
  }
}

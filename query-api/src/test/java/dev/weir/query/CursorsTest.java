package dev.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.query.Resumption.Fault;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.Query.Order;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CursorsTest {
  private static final SharedKey KEY = SharedKey.of(bytes("0123456789abcdef"));
  private static final Cursors CURSORS = new Cursors(KEY, 0);
  private static final Query.Scan SCAN =
      new Query.Scan(7, KeyRange.prefix(bytes("ab")), Order.ASC, 10);

  @Property(tries = 200)
  void aCursorGoesOnBehindTheLastKey(
      @ForAll @Size(max = 300) byte[] last, @ForAll Order order, @ForAll @IntRange int collection) {
    Query.Scan scan = new Query.Scan(collection, KeyRange.all(), order, 3);
    Key key = Key.ofEncoded(last);

    String text = CURSORS.issue(scan, key);

    assertThat(text).matches("[A-Za-z0-9_-]+");
    Resumption.Resumed resumed = (Resumption.Resumed) CURSORS.resume(text, scan);
    assertThat(resumed.last()).isEqualTo(key);
    assertThat(resumed.rest().limit()).isEqualTo(3);
    assertThat(resumed.rest().order()).isEqualTo(order);
    assertThat(resumed.rest().range())
        .isEqualTo(order == Order.ASC ? KeyRange.all().after(key) : KeyRange.all().before(key));
  }

  @Property(tries = 500)
  void noChangedCursorIsAccepted(@ForAll @IntRange(max = 10_000) int at, @ForAll char with) {
    String text = CURSORS.issue(SCAN, Key.ofEncoded(bytes("abc")));
    char[] changed = text.toCharArray();
    int place = at % changed.length;
    if (changed[place] != with) {
      changed[place] = with;
      assertThat(fault(new String(changed), SCAN)).isEqualTo(Fault.FORGED);
    }
    assertThat(fault(text.substring(0, place), SCAN)).isEqualTo(Fault.FORGED);
    assertThat(fault(text + with, SCAN)).isEqualTo(Fault.FORGED);
  }

  @Property
  void anyTextIsRefused(@ForAll String text) {
    assertThat(fault(text, SCAN)).isEqualTo(Fault.FORGED);
  }

  @Example
  void aCursorBelongsToItsScan() {
    String text = CURSORS.issue(SCAN, Key.ofEncoded(bytes("abc")));
    KeyRange range = SCAN.range();

    assertThat(fault(text, new Query.Scan(8, range, Order.ASC, 10)))
        .isEqualTo(Fault.OTHER_COLLECTION);
    assertThat(fault(text, new Query.Scan(7, range, Order.DESC, 10))).isEqualTo(Fault.OTHER_QUERY);
    assertThat(fault(text, new Query.Scan(7, KeyRange.all(), Order.ASC, 10)))
        .isEqualTo(Fault.OTHER_QUERY);
    assertThat(fault(text, new Query.Scan(7, KeyRange.prefix(bytes("ac")), Order.ASC, 10)))
        .isEqualTo(Fault.OTHER_QUERY);
    assertThat(CURSORS.resume(text, new Query.Scan(7, range, Order.ASC, 500)))
        .isInstanceOf(Resumption.Resumed.class);
  }

  @Example
  void aCursorBelongsToItsLogAndKey() {
    String text = CURSORS.issue(SCAN, Key.ofEncoded(bytes("abc")));
    SharedKey other = SharedKey.of(bytes("0123456789abcdeF"));

    assertThat(new Cursors(KEY, 1).resume(text, SCAN))
        .isEqualTo(new Resumption.Refused(Fault.OTHER_GENERATION));
    assertThat(new Cursors(other, 0).resume(text, SCAN))
        .isEqualTo(new Resumption.Refused(Fault.FORGED));
    assertThatThrownBy(() -> SharedKey.of(bytes("short")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Fault fault(String text, Query.Scan scan) {
    return ((Resumption.Refused) CURSORS.resume(text, scan)).fault();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.weir.store.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import dev.weir.store.FilterReader;
import dev.weir.store.FilterWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  @Test
  void treesComeBackFromTheirTexts() {
    for (long seed = 0; seed < 20_000; seed++) {
      FilterSamples samples = new FilterSamples(new Random(seed));
      Filter filter = samples.filter(0);
      String text = ExpressionWriter.text(filter);
      assertThat(filter(text)).as("seed %d: %s", seed, text).isEqualTo(plain(filter));
      byte[] document = bytes(samples.document());
      assertThat(FilterMatcher.of(filter(text)).matches(document))
          .as("seed %d: %s", seed, text)
          .isEqualTo(FilterMatcher.of(filter).matches(document));
    }
  }

  @Test
  void readsWhatTheDocumentationShows() {
    Field city = Field.of("city");
    assertThat(
            filter(
                "age >= 18 && (city == 'Oslo' || city in [\"Bergen\"]) && name.startsWith(\"A\")"
                    + " && \"x\" in tags && has(email) && !(a.b == null)"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    new Filter.Compare(Field.of("age"), Relation.GTE, number("18")),
                    new Filter.Or(
                        List.of(
                            new Filter.Compare(city, Relation.EQ, new Value.Text("Oslo")),
                            new Filter.In(city, List.of(new Value.Text("Bergen"))))),
                    new Filter.Prefix(Field.of("name"), "A"),
                    new Filter.Contains(Field.of("tags"), new Value.Text("x")),
                    new Filter.Exists(Field.of("email"), true),
                    new Filter.Not(
                        new Filter.Compare(Field.of("a.b"), Relation.EQ, new Value.Null())))));
    assertThat(filter("between(age, 1, -2.5e3)"))
        .isEqualTo(new Filter.Between(Field.of("age"), number("1"), number("-2500")));
    assertThat(filter("18 <= age"))
        .isEqualTo(new Filter.Compare(Field.of("age"), Relation.GTE, number("18")));
    assertThat(filter("active"))
        .isEqualTo(new Filter.Compare(Field.of("active"), Relation.EQ, new Value.Flag(true)));
    assertThat(filter("`in`[\"a.b\"].`x y` != null"))
        .isEqualTo(
            new Filter.Compare(
                new Field(List.of("in", "a.b", "x y")), Relation.NE, new Value.Null()));
    assertThat(filter("startsWith == 1 && a.contains == 2"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    new Filter.Compare(Field.of("startsWith"), Relation.EQ, number("1")),
                    new Filter.Compare(Field.of("a.contains"), Relation.EQ, number("2")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      textBlock =
          """
          age >                    ~ 6  ~ a value
          age = 3                  ~ 5  ~ ==
          age == 3 & x == 1        ~ 10 ~ &&
          age == Oslo              ~ 8  ~ a text in quotes
          age > true               ~ 7  ~ a text or a number
          true < age               ~ 1  ~ a text or a number
          (age == 1                ~ 10 ~ )
          age == 1)                ~ 9  ~ the end
          age == "x                ~ 8  ~ a second "
          age == 'a\\qb'           ~ 10 ~ \\n
          age == '\\ud800'         ~ 8  ~ both halves
          age == 12a               ~ 10 ~ a space
          age == 1e                ~ 10 ~ digits
          age == 1e99999999999     ~ 8  ~ a smaller one
          age in "x"               ~ 8  ~ [
          age in ["x" "y"]         ~ 13 ~ ,
          age in [                 ~ 9  ~ a value
          name.matches("(a+)+$")   ~ 6  ~ startsWith, contains or in
          name.endsWith("x")       ~ 6  ~ startsWith or contains
          size(name) == 1          ~ 1  ~ has or between
          name.startsWith(3)       ~ 17 ~ a text in quotes
          between(age, 1, "x")     ~ 17 ~ two texts or two numbers
          has("age")               ~ 5  ~ a field
          tags[0] == 1             ~ 6  ~ a field's name in quotes
          in == 3                  ~ 1  ~ in backticks
          a == b.c                 ~ 6  ~ a value
          1 == 1                   ~ 6  ~ a field
          a == 1 b == 2            ~ 8  ~ &&
          a.                       ~ 3  ~ a field
          a ? b : c                ~ 3  ~ a field
          """)
  void namesThePlaceOfAFault(String text, int position, String expected) {
    assertThat(ExpressionReader.read(text.strip()))
        .isInstanceOfSatisfying(
            Expression.Bad.class,
            unreadable -> {
              assertThat(unreadable.at().position()).isEqualTo(position);
              assertThat(unreadable.at().toString()).contains(expected);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!", "a||(", "!(", "a&&b||!(", "[", "\"", "`", "((((a==1"})
  void refusesWhatIsNestedOrLongWithoutEnd(String part) {
    assertThat(ExpressionReader.read(part.repeat(7_000))).isInstanceOf(Expression.Bad.class);
    assertThat(ExpressionReader.read(part.repeat(100_000))).isInstanceOf(Expression.Bad.class);
  }

  @Test
  void keepsTheLimitsOfFilters() {
    String most = String.join(" || ", Collections.nCopies(Filter.MOST_PARTS, "a == 1"));
    assertThat(ExpressionReader.read(most)).isInstanceOf(Expression.Good.class);
    assertThat(ExpressionReader.read(most + " || a == 1")).isInstanceOf(Expression.Bad.class);
    String deep = "!(".repeat(Filter.MOST_DEPTH - 1) + "a == 1" + ")".repeat(15);
    assertThat(FilterReader.read(FilterWriter.json(filter(deep))).value()).isPresent();
    assertThat(ExpressionReader.read("!(" + deep + ")")).isInstanceOf(Expression.Bad.class);
  }

  @Test
  void neverFailsOnAnyText() {
    String letters = "ab.()[]!&|=<>\"'`\\ 1-e,tinhasu";
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      if (ExpressionReader.read(text.toString()) instanceof Expression.Good read) {
        assertThat(filter(ExpressionWriter.text(read.filter())))
            .as(text.toString())
            .isEqualTo(plain(read.filter()));
      }
    }
  }

  private static Filter filter(String text) {
    Expression read = ExpressionReader.read(text);
    assertThat(read).as(text).isInstanceOf(Expression.Good.class);
    return ((Expression.Good) read).filter();
  }

  /** The filter without conjunctions and disjunctions of one part. */
  private static Filter plain(Filter filter) {
    if (filter instanceof Filter.And and) {
      List<Filter> parts = and.parts().stream().map(ExpressionTest::plain).toList();
      return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
    } else if (filter instanceof Filter.Or or) {
      List<Filter> parts = or.parts().stream().map(ExpressionTest::plain).toList();
      return parts.size() == 1 ? parts.get(0) : new Filter.Or(parts);
    } else if (filter instanceof Filter.Not not) {
      return new Filter.Not(plain(not.part()));
    }
    return filter;
  }

  private static Value number(String number) {
    return new Value.Numeric(new BigDecimal(number));
  }

  private static byte[] bytes(ObjectNode document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }
}

package dev.weir.store.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProjectionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | {'b':1,'a':1.50e+3,'c':2} | {'a':1.50e+3}",
        "a | {'a':'x\\\\n ü😀','b':1} | {'a':'x\\\\n ü😀'}",
        "a;c | {'a':[1,{'x':[2]}],'b':{},'c':{'d':null}} | {'a':[1,{'x':[2]}],'c':{'d':null}}",
        "a.b;c | {'a':{'x':1,'b':true,'y':2},'c':-7} | {'a':{'b':true},'c':-7}",
        "a.b | {'a':{'x':1}} | {'a':{}}",
        "a.b | {'a':7} | {}",
        "a;a.b | {'a':{'x':1,'b':2}} | {'a':{'x':1,'b':2}}",
        "a | {} | {}",
        "a | [1] | [1]",
        "a | 7 | 7"
      })
  void keepsWhatIsNamedAsItWasWritten(String paths, String json, String expected) {
    byte[] chosen = Projection.of(List.of(paths.split(";"))).of(utf8(json.replace('\'', '"')));
    assertThat(new String(chosen, StandardCharsets.UTF_8)).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void agreesWithTreesOnRandomDocuments() throws Exception {
    FilterSamples samples = new FilterSamples(new Random(3));
    JsonMapper mapper = new JsonMapper();
    for (int i = 0; i < 3_000; i++) {
      ObjectNode document = samples.document();
      byte[] chosen = Projection.of(List.of("a", "x\\.y")).of(utf8(document.toString()));
      JsonNode tree = mapper.readTree(utf8(document.toString()));
      JsonNode expected = ((ObjectNode) tree).retain("a", "x.y");
      assertThat(mapper.readTree(chosen)).as("try %d: %s", i, document).isEqualTo(expected);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

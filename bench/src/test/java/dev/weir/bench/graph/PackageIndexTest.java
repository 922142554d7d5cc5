package dev.weir.bench.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class PackageIndexTest {

  @Test
  void everyNamedPackageSourceSectionAndTagIsAnEdge() throws IOException {
    PackageGraphBuilder builder = new PackageGraphBuilder();
    new PackageIndex(builder)
        .read(
            new BufferedReader(
                new StringReader(
                    """
                    Package: a
                    Source: s (1.0)
                    Depends: b (>= 2) | c:any, d
                    Description: ignored
                     Depends: ignored
                    Tag: x, y,
                     z
                    Section: libs

                    Package: b
                    """)));
    EdgeList graph = builder.build();

    // a, source s, b, c, d, three tags, the section, source b.
    assertThat(graph.vertices()).isEqualTo(10);
    assertThat(graph.from()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 2);
    assertThat(graph.to()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }
}

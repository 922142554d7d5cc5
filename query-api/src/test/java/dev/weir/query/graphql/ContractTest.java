package dev.weir.query.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.server.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The copy of the demo's schema that clients are written against. */
class ContractTest {
  private static final String REWRITE = "weir.contract.write";
  private static final Path COPY = Path.of("..", "clients", "contract", "schema.graphql");
  private static final Path DEMO = Path.of("..", "examples", "social-network", "weir.yaml");

  @Test
  void theCopyForClientsAgrees() throws Exception {
    Fixture weir = new Fixture();
    ConfigFile.definitions(DEMO).collections().forEach(weir.data::add);

    String schema = weir.endpoint.schema();

    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(COPY, schema);
    }
    assertThat(schema)
        .as("write it anew with -D%s=true, as CONTRIBUTING.md says", REWRITE)
        .isEqualTo(Files.readString(COPY));
  }
}

package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.cli.ExitCode;
import dev.weir.cli.OutputFormat;
import dev.weir.cli.TextTable;
import dev.weir.client.Item;
import dev.weir.client.Scan;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints documents in key order. */
@Command(
    name = "scan",
    description = "Print the documents of a range or prefix in key order.",
    mixinStandardHelpOptions = true)
public final class ScanCommand implements Callable<Integer> {

  private static final int WIDEST = 100;
  private static final int PAGE = 500;
  private static final int TABLE_ROWS = 20;

  @Mixin private Connection connection = new Connection();

  @Mixin private Freshness freshness = new Freshness();

  @Parameters(paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Option(names = "--from", paramLabel = "<key>", description = "lowest key, itself included")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "<key>", description = "highest key, itself not included")
  private @Nullable String to;

  @Option(names = "--prefix", paramLabel = "<start>", description = "only keys that begin so")
  private @Nullable String prefix;

  @Option(names = "--desc", description = "from the highest key to the lowest")
  private boolean descending;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "<n>",
      description = "most documents; 0 = all (default: 20 as a table, all as JSON)",
      defaultValue = "-1")
  private int limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "for people, or one item a line for programs (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private OutputFormat output = OutputFormat.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (limit < -1) {
      throw new CommandException("--limit must be at least 0");
    }
    int most = limit >= 0 ? limit : output == OutputFormat.TABLE ? TABLE_ROWS : 0;
    Scan scan = scan().pageSize(most == 0 ? PAGE : Math.min(PAGE, most));
    Iterator<Item> items = freshness.of(connection.client()).scan(collection, scan).iterator();
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.JSON) {
      for (int i = 0; (most == 0 || i < most) && items.hasNext(); i++) {
        out.println(line(items.next()));
      }
      return ExitCode.OK;
    }
    TextTable table = new TextTable("KEY", "VERSION", "DOCUMENT");
    for (int i = 0; (most == 0 || i < most) && items.hasNext(); i++) {
      Item item = items.next();
      table.row(text(item.key()), item.version(), shortened(item.document().toString()));
    }
    table.print(out);
    if (items.hasNext()) {
      out.println("… and more: raise --limit, or give 0 for all");
    }
    return ExitCode.OK;
  }

  private Scan scan() {
    Scan scan = Scan.all();
    scan = from == null ? scan : scan.from(from);
    scan = to == null ? scan : scan.to(to);
    scan = prefix == null ? scan : scan.prefix(prefix);
    return descending ? scan.descending() : scan;
  }

  private static String text(JsonNode key) {
    return key.isTextual() ? key.textValue() : key.toString();
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  private static ObjectNode line(Item item) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("key", item.key());
    json.set("document", item.document());
    return json.put("version", item.version()).put("timestamp", item.timestamp());
  }
}

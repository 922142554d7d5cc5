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
import dev.weir.client.WeirClient;
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

/** Prints documents that match, what they come to, or how they are found. */
@Command(
    name = "query",
    description = "Print the documents that match a filter, or what they come to.",
    mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {
  private static final int WIDEST = 100;
  private static final int USUAL = 20;

  @Mixin private Connection connection = new Connection();

  @Mixin private Freshness freshness = new Freshness();

  @Parameters(index = "0", paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<filter>",
      description = "such as 'age >= 18 && city in [\"Oslo\"]'; none = all documents")
  private @Nullable String filter;

  @Option(
      names = "--order-by",
      paramLabel = "<fields>",
      description = "such as 'age desc, name'; else by key")
  private @Nullable String orderBy;

  @Option(names = "--fields", paramLabel = "<fields>", description = "only these fields")
  private @Nullable String fields;

  @Option(
      names = "--measures",
      paramLabel = "<measures>",
      description = "print what the documents come to, such as 'count, sum(total)'")
  private @Nullable String measures;

  @Option(
      names = "--group-by",
      paramLabel = "<field>",
      description = "with or without --measures: by the values of this field")
  private @Nullable String groupBy;

  @Option(names = "--explain", description = "print how the documents are found instead")
  private boolean explain;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "<n>",
      description = "most documents; 0 = all (default: ${DEFAULT-VALUE})",
      defaultValue = "20")
  private int limit = USUAL;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "for people, or one item a line for programs (default: ${DEFAULT-VALUE})",
      defaultValue = "table")
  private OutputFormat output = OutputFormat.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new CommandException("--limit must be at least 0");
    }
    WeirClient client = freshness.of(connection.client());
    PrintWriter out = spec.commandLine().getOut();
    Scan scan = filter == null ? Scan.all() : Scan.all().where(filter);
    if (measures != null || groupBy != null) {
      groups(client, scan, out);
      return ExitCode.OK;
    }
    scan = orderBy == null ? scan : scan.orderedBy(orderBy);
    scan = fields == null ? scan : scan.fields(fields);
    scan = limit == 0 ? scan : scan.pageSize(Math.min(500, limit));
    if (explain) {
      out.println(client.explain(collection, scan).toPrettyString());
    } else {
      documents(client, scan, out);
    }
    return ExitCode.OK;
  }

  private void groups(WeirClient client, Scan scan, PrintWriter out) {
    String wanted = measures == null ? "count" : measures;
    for (JsonNode group :
        client.aggregate(collection, scan, groupBy == null ? "" : groupBy, wanted)) {
      out.println(group);
    }
  }

  private void documents(WeirClient client, Scan scan, PrintWriter out) {
    Iterator<Item> items = client.scan(collection, scan).iterator();
    TextTable table = new TextTable("KEY", "DOCUMENT");
    for (int i = 0; (limit == 0 || i < limit) && items.hasNext(); i++) {
      Item item = items.next();
      if (output == OutputFormat.JSON) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("key", item.key());
        line.set("document", item.document());
        out.println(line);
      } else {
        String key = item.key().isTextual() ? item.key().textValue() : item.key().toString();
        table.row(key, shortened(item.document().toString()));
      }
    }
    if (output == OutputFormat.TABLE) {
      table.print(out);
      if (items.hasNext()) {
        out.println("… and more: raise --limit, or give 0 for all");
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}

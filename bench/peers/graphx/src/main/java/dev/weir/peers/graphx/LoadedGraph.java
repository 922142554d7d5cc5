package dev.weir.peers.graphx;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A graph with weights, in memory, ready to be computed on.
 *
 * @param loadNanos how long reading and building took
 */
record LoadedGraph(JavaSparkContext context, Graph<Double, Double> graph, long loadNanos)
    implements AutoCloseable {

  private static final int THREADS = 2;

  static LoadedGraph of(String vertices, String edges) {
    JavaSparkContext context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + THREADS + "]")
                .setAppName("graphx")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1"));
    long start = System.nanoTime();
    JavaRDD<Tuple2<Object, Double>> nodes =
        context.textFile(vertices, THREADS).map(line -> new Tuple2<>(Long.valueOf(line), 0.0));
    // Files are cut into more pieces than there are threads, which costs in every superstep.
    JavaRDD<Edge<Double>> links =
        context.textFile(edges, THREADS).coalesce(THREADS).map(LoadedGraph::edge);
    StorageLevel memory = StorageLevel.MEMORY_ONLY();
    Graph<Double, Double> graph =
        Graph.apply(nodes.rdd(), links.rdd(), 0.0, memory, memory, numbers(), numbers());
    long known = graph.vertices().count() + graph.edges().count();
    System.err.println(known + " vertices and edges");
    return new LoadedGraph(context, graph, System.nanoTime() - start);
  }

  private static Edge<Double> edge(String line) {
    String[] words = line.split(" ");
    return new Edge<>(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        words.length > 2 ? Double.parseDouble(words[2]) : 1.0);
  }

  /** Kept as plain numbers, as Scala would. */
  @SuppressWarnings("unchecked")
  static ClassTag<Double> numbers() {
    return (ClassTag<Double>) (ClassTag<?>) ClassTag$.MODULE$.Double();
  }

  @Override
  public void close() {
    context.close();
  }
}

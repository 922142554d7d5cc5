package dev.weir.peers.graphx;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.EdgeDirection;
import org.apache.spark.graphx.EdgeTriplet;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.Pregel;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.graphx.lib.PageRank;
import scala.Function1;
import scala.Function2;
import scala.Function3;
import scala.Tuple2;
import scala.collection.Iterator;

/** GraphX's own PageRank and components; distances by its Pregel. */
final class Computations {
  private static final double RESET = 0.15;

  private Computations() {}

  static Outcome of(LoadedGraph loaded, String algorithm, long argument) {
    Graph<Double, Double> graph = loaded.graph();
    long start = System.nanoTime();
    Graph<?, ?> result =
        switch (algorithm) {
          case "pr" ->
              PageRank.run(
                  graph,
                  Math.toIntExact(argument),
                  RESET,
                  LoadedGraph.numbers(),
                  LoadedGraph.numbers());
          case "wcc" ->
              ConnectedComponents.run(graph, LoadedGraph.numbers(), LoadedGraph.numbers());
          case "bfs" -> distances(graph, argument, triplet -> triplet.srcAttr() + 1);
          case "sssp" -> distances(graph, argument, triplet -> triplet.srcAttr() + triplet.attr());
          default -> throw new IllegalArgumentException("unknown: " + algorithm);
        };
    result.vertices().count();
    long nanos = System.nanoTime() - start;
    JavaRDD<? extends Tuple2<Object, ?>> values = result.vertices().toJavaRDD();
    Outcome outcome =
        new Outcome(nanos, values.map(v -> new Tuple2<Object, Object>(v._1(), v._2())).collect());
    result.unpersist(true);
    return outcome;
  }

  private interface Offer extends Serializable {
    double along(EdgeTriplet<Double, Double> triplet);
  }

  private interface Program extends Function3<Object, Double, Double, Double>, Serializable {}

  private interface Send
      extends Function1<EdgeTriplet<Double, Double>, Iterator<Tuple2<Object, Double>>>,
          Serializable {}

  private interface Start extends Function2<Object, Double, Double>, Serializable {}

  private interface Merge extends Function2<Double, Double, Double>, Serializable {}

  private static Graph<Double, Double> distances(
      Graph<Double, Double> graph, long source, Offer offer) {
    Start start = (vertex, none) -> (Long) vertex == source ? 0.0 : Double.POSITIVE_INFINITY;
    Program better = (vertex, known, offered) -> Math.min(known, offered);
    Send send =
        triplet -> {
          double offered = offer.along(triplet);
          return offered < triplet.dstAttr()
              ? scala.collection.Iterator$.MODULE$.single(new Tuple2<>(triplet.dstId(), offered))
              : emptied();
        };
    Merge merge = Math::min;
    return Pregel.apply(
        graph.mapVertices(start, LoadedGraph.numbers(), scala.$less$colon$less$.MODULE$.refl()),
        Double.POSITIVE_INFINITY,
        Integer.MAX_VALUE,
        EdgeDirection.Out(),
        better,
        send,
        merge,
        LoadedGraph.numbers(),
        LoadedGraph.numbers(),
        LoadedGraph.numbers());
  }

  private static Iterator<Tuple2<Object, Double>> emptied() {
    return scala.collection.Iterator$.MODULE$.empty();
  }
}

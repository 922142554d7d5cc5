package dev.weir.bench.get;

import dev.weir.bench.process.CpuTime;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** CPU time of the fork per operation, whatever thread had it. */
public final class CpuPerOperation implements InternalProfiler {
  static final String NAME = "cpu";

  private double before;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = CpuTime.ofThisProcess();
  }

  @Override
  @SuppressWarnings("rawtypes") // as JMH declares it
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (CpuTime.ofThisProcess() - before) * 1e6;
    long operations = Math.max(1, result.getMetadata().getAllOps());
    return List.of(new ScalarResult(NAME, micros / operations, "us/op", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "CPU time per operation";
  }
}

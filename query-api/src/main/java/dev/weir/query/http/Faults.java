package dev.weir.query.http;

import dev.weir.store.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells all faults of something that a person wrote in one problem. */
final class Faults {
  private Faults() {}

  /**
   * The problem with the faults.
   *
   * @param what they are faults of, as in "The definitions have 3 faults."
   * @param faults at least one
   */
  static Problem problem(ProblemType type, String what, List<Fault> faults) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Fault fault : faults) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("path", fault.path());
      json.put("problem", fault.problem());
      json.put("advice", fault.advice());
      list.add(json);
    }
    String detail =
        faults.size() == 1 ? faults.get(0).toString() : what + " " + faults.size() + " faults.";
    return Problem.of(type, detail).with("faults", list);
  }
}

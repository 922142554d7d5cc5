package dev.weir.store.write;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Breaks, in every method: no order of hashes in the fold. */
public final class HashOrderBait {

  private HashOrderBait() {}

  static Map<String, String> hashMap() {
    return new HashMap<>();
  }

  static Map<String, String> sizedHashMap() {
    return new HashMap<>(16);
  }

  static Supplier<Map<String, String>> suppliedHashMap() {
    return HashMap::new;
  }

  static Set<String> hashSet() {
    return new HashSet<>(List.of("a"));
  }

  static Map<String, String> identity() {
    return new IdentityHashMap<>();
  }

  static Map<String, String> weak() {
    return new WeakHashMap<>();
  }

  static Map<String, String> concurrent() {
    return new ConcurrentHashMap<>();
  }

  static Map<String, String> emptyMapOf() {
    return Map.of();
  }

  static Map<String, String> mapOf() {
    return Map.of("a", "1", "b", "2", "c", "3");
  }

  static Map<String, String> mapOfEntries() {
    return Map.ofEntries(Map.entry("a", "1"));
  }

  static Map<String, String> mapCopy(Map<String, String> map) {
    return Map.copyOf(map);
  }

  static Set<String> setOf() {
    return Set.of("a", "b");
  }

  static Set<String> setOfMany() {
    return Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
  }

  static Set<String> setCopy(Set<String> set) {
    return Set.copyOf(set);
  }

  static Set<String> collectedSet(List<String> list) {
    return list.stream().collect(Collectors.toSet());
  }

  static Map<Integer, List<String>> grouped(List<String> list) {
    return list.stream().collect(Collectors.groupingBy(String::length));
  }
}

package dev.weir.store.log;

import java.util.List;

/** Whether a node may start on its local state and the log as they are. */
public sealed interface StartupVerdict {

  /**
   * Yes; the node holds no state yet and folds the log from its beginning.
   *
   * @param notes what is unusual but does no harm
   */
  record FirstStart(List<String> notes) implements StartupVerdict {}

  /**
   * Yes; every state goes on behind its position.
   *
   * @param notes what is unusual but does no harm
   */
  record Continue(List<String> notes) implements StartupVerdict {}

  /**
   * No: it would lose or mix up data.
   *
   * @param reasons every one of every shard, each with what to do about it
   */
  record Refuse(List<String> reasons) implements StartupVerdict {}
}

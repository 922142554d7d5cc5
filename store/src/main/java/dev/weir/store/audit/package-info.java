/** What the topics of sources hold, read again for those who compare it with the state. */
@NullMarked
package dev.weir.store.audit;

import org.jspecify.annotations.NullMarked;

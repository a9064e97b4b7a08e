package io.modeldepot.registry.problem;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import org.jboss.logging.Logger;

/** What {@link AgainOnConflict} means; around the transaction, not within. */
@AgainOnConflict
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class OnceMore {
  private static final Logger LOG = Logger.getLogger(OnceMore.class);

  private final TransactionManager transactions;

  OnceMore(TransactionManager transactions) {
    this.transactions = transactions;
  }

  @AroundInvoke
  Object around(InvocationContext call) throws Exception {
    if (transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
      return call.proceed(); // whose transaction it is has to decide
    }
    try {
      return call.proceed();
    } catch (Exception e) {
      if (!Outage.isConflict(e)) {
        throw e;
      }
      LOG.debug("Two transactions were in each other's way; once more.", e);
      return call.proceed();
    }
  }
}

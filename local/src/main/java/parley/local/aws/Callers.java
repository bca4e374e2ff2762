package parley.local.aws;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who has which access key. Signatures are not verified: whoever can reach this machine's loopback
 * address may do everything anyway. A function's key is there to tell its calls from others.
 */
public final class Callers {
  /** Services whose denials are a 400; all others' are a 403. */
  private static final Set<String> DENIES_WITH_400 = Set.of("dynamodb", "secretsmanager");

  /** How whoever is no function is called. */
  public static final String USER = "user";

  private final CallLedger ledger;
  private final Map<String, Function> byAccessKey = new ConcurrentHashMap<>();
  private final Caller user;
  private volatile Consumer<Permission> watcher = asked -> {};

  public Callers(CallLedger ledger) {
    this.ledger = ledger;
    this.user = new User();
  }

  /**
   * Gives a function its access key.
   *
   * @param name the function's logical id
   * @param sessionArn as IAM's errors name it: {@code arn:aws:sts::...:assumed-role/role/session}
   * @return the access key id; any secret goes with it
   */
  public String register(String name, String sessionArn, Policy policy) {
    // DynamoDB Local and the SDKs want letters and digits only.
    String key = "AKIALOCAL%011d".formatted(byAccessKey.size() + 1);
    byAccessKey.put(key, new Function(name, sessionArn, policy));
    return key;
  }

  /**
   * What a function asked to do, be it a call or what a service needs of its caller besides.
   *
   * @param caller the function's logical id
   */
  public record Permission(String caller, String action, String resource, boolean allowed) {}

  /**
   * Has this told, from now on and instead of an earlier one, of everything that functions ask to
   * do, before they are answered, by many threads.
   */
  public void watch(Consumer<Permission> watcher) {
    this.watcher = watcher;
  }

  /**
   * Gives a function another policy from now on, as a change of its role does.
   *
   * @param name the function's logical id
   */
  public void replace(String name, Policy policy) {
    named(name).policy = policy;
  }

  /** What a function may do. */
  public Policy policy(String name) {
    return named(name).policy;
  }

  private Function named(String name) {
    return byAccessKey.values().stream()
        .filter(function -> function.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no function " + name));
  }

  /** The caller with an access key; any key that is no function's is the user's. */
  public Caller find(@Nullable String accessKey) {
    Caller function = accessKey == null ? null : byAccessKey.get(accessKey);
    return function == null ? user : function;
  }

  private final class User implements Caller {
    @Override
    public String name() {
      return USER;
    }

    @Override
    public void authorize(String action, String resourceArn) {
      ledger.add(name(), action, resourceArn, true);
    }

    @Override
    public void check(String action, String resourceArn) {}
  }

  private final class Function implements Caller {
    private final String name;
    private final String sessionArn;
    private volatile Policy policy;

    Function(String name, String sessionArn, Policy policy) {
      this.name = name;
      this.sessionArn = sessionArn;
      this.policy = policy;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void authorize(String action, String resourceArn) {
      Policy.Decision decision = decide(action, resourceArn);
      ledger.add(name, action, resourceArn, decision == Policy.Decision.ALLOW);
      refuseUnlessAllowed(decision, action, resourceArn);
    }

    @Override
    public void check(String action, String resourceArn) {
      refuseUnlessAllowed(decide(action, resourceArn), action, resourceArn);
    }

    private Policy.Decision decide(String action, String resourceArn) {
      Policy.Decision decision = policy.decide(action, resourceArn);
      watcher.accept(new Permission(name, action, resourceArn, decision == Policy.Decision.ALLOW));
      return decision;
    }

    private void refuseUnlessAllowed(Policy.Decision decision, String action, String resourceArn) {
      String because =
          switch (decision) {
            case ALLOW -> null;
            case EXPLICIT_DENY -> "with an explicit deny in an identity-based policy";
            case IMPLICIT_DENY ->
                "because no identity-based policy allows the " + action + " action";
          };
      if (because != null) {
        String service = action.substring(0, Math.max(0, action.indexOf(':')));
        throw new AwsException(
            DENIES_WITH_400.contains(service) ? 400 : 403,
            "AccessDeniedException",
            "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(sessionArn, action, resourceArn, because));
      }
    }
  }
}

package parley.functions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import parley.circle.CircleTable;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.JoinedTable;
import parley.connection.OpeningTable;
import parley.connection.PresenceTable;
import parley.conversation.ConversationLock;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryQueue;
import parley.functions.http.HealthRoutes;
import parley.message.PendingSends;
import parley.platform.sql.Statement;

/** The directions of dependencies in shared and functions. */
@AnalyzeClasses(packages = "parley", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("parley.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PARTS_OF_THE_FUNCTIONS_HAVE_NO_CYCLES =
      slices().matching("parley.functions.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PARTS_OF_THE_PLATFORM_HAVE_NO_CYCLES =
      slices().matching("parley.platform.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SHARED_DOES_NOT_KNOW_THE_FUNCTIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.functions..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("parley.functions..");

  @ArchTest
  static final ArchRule THE_PLATFORM_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAPackage("parley.platform..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("parley..").and(not(resideInAPackage("parley.platform.."))));

  @ArchTest
  static final ArchRule ONLY_ADAPTERS_KNOW_THE_AWS_SDK =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "parley.platform.sql..",
              "parley.platform.aws..",
              "parley.platform.log..",
              "parley.functions.failure..")
          .and(
              not(
                  belongToAnyOf(
                      Adapters.class,
                      CircleTable.class,
                      ConnectionSlots.class,
                      ConnectionTable.class,
                      JoinedTable.class,
                      OpeningTable.class,
                      PresenceTable.class,
                      ConnectionGateway.class,
                      DeliveryQueue.class,
                      PendingSends.class)))
          .and()
          .doNotHaveSimpleName("ConnectionItems")
          .and()
          .doNotHaveFullyQualifiedName("parley.connection.Items")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule SERVICES_KNOW_NO_AWS_TYPE =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Service")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.amazonaws..", "parley.platform.aws..");

  @ArchTest
  static final ArchRule ONLY_FUNCTIONS_KNOW_LAMBDA =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.functions..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws..");

  @ArchTest
  static final ArchRule THE_PRODUCT_DOES_NOT_KNOW_THE_LOCAL_RUNTIME =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("parley.local..", "parley.infra..", "parley.template..");

  @ArchTest
  static final ArchRule SQL_STANDS_IN_REPOSITORIES =
      noClasses()
          .that()
          .resideOutsideOfPackage("parley.platform.sql..")
          .and()
          .haveSimpleNameNotEndingWith("Repository")
          .and()
          .doNotBelongToAnyOf(ConversationLock.class, HealthRoutes.class)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Statement.class);
}

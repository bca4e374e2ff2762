/**
 * The CDK app that puts Parley on AWS, and the approved form of the templates it makes.
 *
 * <p>Deploy from this directory, with Node and the {@code cdk} command at hand and the account
 * bootstrapped ({@code cdk bootstrap}):
 *
 * <pre>{@code
 * cdk deploy --all                       # stage dev
 * cdk deploy --all -c stage=prod -c databaseMinCapacity=0.5 -c databaseMaxCapacity=16
 * cdk deploy --all -c stage=try -c throwaway=true     # everything goes with cdk destroy --all
 * }</pre>
 *
 * <p>{@code cdk.json} has the command build the functions' jar first and then start {@link
 * parley.infra.ParleyApp} on the toolchain's JDK. Its feature flags are those of {@code cdk init},
 * but for one: references between the stacks are strong (an export and its import), so that
 * CloudFormation refuses to take a table away while a function still uses it.
 */
@NullMarked
package parley.infra;

import org.jspecify.annotations.NullMarked;

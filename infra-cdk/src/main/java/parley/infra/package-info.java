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
 */
@NullMarked
package parley.infra;

import org.jspecify.annotations.NullMarked;

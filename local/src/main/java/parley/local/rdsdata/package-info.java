/**
 * The RDS Data API of Aurora PostgreSQL Serverless v2, over a Postgres server. Where the v2 API
 * differs from that of Aurora Serverless v1 in its errors, this package follows v2: AWS, Aurora
 * User Guide, "Comparing Amazon RDS Data API behaviors".
 */
@NullMarked
package parley.local.rdsdata;

import org.jspecify.annotations.NullMarked;

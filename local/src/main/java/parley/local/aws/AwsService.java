package parley.local.aws;

/** One AWS service as the local endpoint serves it. */
public interface AwsService {
  /**
   * The service's name in a Signature Version 4 credential scope: {@code dynamodb}, {@code
   * rds-data}.
   */
  String signingName();

  /**
   * Answers one request.
   *
   * @throws AwsException for every error that the real service would answer with
   */
  AwsResponse handle(AwsRequest request);
}

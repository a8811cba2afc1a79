using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy _policy = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(1, 0.5, 2.0)]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(1, 1.0, 3.0)]
    [InlineData(2, 0.5, 4.0)]
    [InlineData(3, 0.5, 8.0)]
    [InlineData(4, 0.5, 10.0)]
    [InlineData(5, 0.5, null)]
    [InlineData(6, 0.5, null)]
    public void The_rest_doubles_up_to_its_longest_and_ends_with_the_attempts(int attempt, double jitter, double? seconds) =>
        Assert.Equal(seconds, _policy.After(new IOException(), attempt, jitter)?.TotalSeconds);

    [Fact]
    public void A_hopeless_failure_is_not_tried_again() => Assert.Null(_policy.After(new HopelessException("No."), 1, 0.5));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(60, 60)]
    [InlineData(86400, 3600)]
    public void A_rest_that_is_asked_for_is_kept_up_to_an_hour(int asked, int seconds) =>
        Assert.Equal(seconds, _policy.After(new TryLaterException("Busy.", TimeSpan.FromSeconds(asked)), 1, 0.5)?.TotalSeconds);
}

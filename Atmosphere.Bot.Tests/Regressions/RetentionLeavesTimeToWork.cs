using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Cleanup;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A time of zero was accepted where it deleted what the next step needed.</summary>
public sealed class RetentionLeavesTimeToWork
{
    public static TheoryData<RetentionOptions, string> TooShort() => new()
    {
        { new RetentionOptions { UndeliveredPhotos = TimeSpan.Zero }, "Atmosphere:Retention:UndeliveredPhotos is 00:00:00; use 00:10:00 to 365.00:00:00" },
        { new RetentionOptions { TrainingPhotos = TimeSpan.FromMinutes(9) }, "Atmosphere:Retention:TrainingPhotos is 00:09:00; use 00:10:00 to 365.00:00:00" },
        { new RetentionOptions { FailedPersons = TimeSpan.Zero }, "Atmosphere:Retention:FailedPersons is 00:00:00; use 00:10:00 to 365.00:00:00" },
        { new RetentionOptions { Inbox = TimeSpan.FromDays(2) }, "Atmosphere:Retention:Inbox is 2.00:00:00; use 3.00:00:00 to 365.00:00:00" },
    };

    [Theory]
    [MemberData(nameof(TooShort))]
    public void A_time_that_breaks_the_work_is_refused_with_the_least_that_works(RetentionOptions options, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(options.AllProblems()), StringComparison.Ordinal);

    [Fact]
    public void A_photo_may_go_at_once_after_its_delivery() =>
        Assert.Empty(new RetentionOptions { GroupPhotosAfterDelivery = TimeSpan.Zero }.AllProblems());
}

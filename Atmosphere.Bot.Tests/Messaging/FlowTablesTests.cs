using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class FlowTablesTests
{
    private static readonly StepRow _forward = StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)]);
    private static readonly StepRow _count = StepRow.Of<Count, Parcel>("parcel-count", []);
    private static readonly StepRow _forwardOfTopic = StepRow.Subscribe<Forward, Parcel>("parcels", [typeof(ParcelForwarded)]);
    private static readonly StepRow _countOfTopic = StepRow.Subscribe<Count, Parcel>("parcels", []);
    private static readonly StepRow _deliver = StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []);

    [Fact]
    public void What_is_sent_but_never_handled_stops_the_start() =>
        Refused("Forward sends ParcelForwarded, but no box of any flow handles it.", [_forward]);

    [Fact]
    public void A_door_needs_a_box_that_handles_what_it_sends() =>
        Refused("Window sends Parcel, but no box of any flow handles it.", _deliver, DoorRow.Http<Window>("sender", [typeof(Parcel)]));

    [Fact]
    public void A_door_is_not_named_as_a_box() =>
        Refused("The box 'Count' stands in the tables twice.", _count, DoorRow.Http<Count>("sender", [typeof(Parcel)]));

    [Fact]
    public void A_box_that_is_not_named_as_its_class_stops_the_start() =>
        Refused("The box 'Send' is not named as its class Deliver.", [_deliver with { Step = "Send" }]);

    [Fact]
    public void A_box_that_stands_there_twice_stops_the_start() =>
        Refused("The box 'Deliver' stands in the tables twice.", [_deliver, _deliver with { Queue = "other" }]);

    [Fact]
    public void Two_boxes_do_not_share_a_queue() =>
        Refused("Forward and Count read Parcel from queue 'parcels'.", [_forward, _count with { Queue = "parcels" }, _deliver]);

    [Fact]
    public void A_message_that_several_boxes_want_needs_a_topic() =>
        Refused("Forward and Count read Parcel from queue 'parcels' and queue 'parcel-count'.", [_forward, _count, _deliver]);

    [Fact]
    public void A_message_goes_into_a_queue_or_to_a_topic_but_not_to_both() =>
        Refused("from queue 'parcel-count' and topic 'parcels'", [_count, _forwardOfTopic, _deliver]);

    [Fact]
    public void A_topic_is_no_queue() =>
        Refused("'parcels' is the queue of Deliver and a topic, too.", [_forwardOfTopic, _deliver with { Queue = "parcels" }]);

    [Fact]
    public void Every_subscription_of_a_topic_has_its_own_queue()
    {
        var rows = Tables([_forwardOfTopic, _countOfTopic, _deliver]).HandlersOf(typeof(Parcel));

        Assert.Equal(["parcels/Forward", "parcels/Count"], rows.Select(row => row.Queue));
    }

    [Theory]
    [InlineData("Parcels")]
    [InlineData("parcels/Forward")]
    [InlineData("parcels_1")]
    [InlineData("-parcels")]
    [InlineData("parcels\n")]
    [InlineData("")]
    public void A_queue_is_named_with_small_letters_digits_and_hyphens(string name) =>
        Refused($"Deliver reads from '{name}'. Name a queue or topic with a to z", [_deliver with { Queue = name }]);

    [Fact]
    public void A_subscription_is_named_as_its_topic_and_box() =>
        Refused("Name it parcels/Count.", [_forwardOfTopic, _countOfTopic with { Queue = "parcels/Sum" }, _deliver]);

    [Fact]
    public void A_timer_needs_a_box_that_handles_what_it_sends() =>
        Refused("The timer 'nightly' sends Parcel, but no box", [_deliver], [Timer("nightly")]);

    [Fact]
    public void A_timer_that_stands_there_twice_stops_the_start() =>
        Refused("The timer 'nightly' stands in the tables twice.", [_count], [Timer("nightly"), Timer("nightly")]);

    [Fact]
    public void A_timer_is_named_like_a_queue() =>
        Refused("The timer 'Every night' must be named with a to z", [_count], [Timer("Every night")]);

    [Theory]
    [InlineData("nightly:Cron", "0 25 * * *", "Atmosphere:Timers:nightly: the hour field has '25'. Write numbers from 0 to 23")]
    [InlineData("nightly:TimeZone", "Mars/Olympus", "Atmosphere:Timers:nightly: the time zone 'Mars/Olympus' is not known here.")]
    [InlineData("nightly:Enabled", "perhaps", "Atmosphere:Timers:nightly: ")]
    [InlineData("nightly:Crone", "0 3 * * *", "'Crone'")]
    [InlineData("nigthly:Cron", "0 3 * * *", "Atmosphere:Timers:nigthly names no timer. The timers are nightly.")]
    public void A_bad_setting_of_a_timer_stops_the_start_with_the_key_the_value_and_the_remedy(string key, string value, string sentence) =>
        Refused(sentence, [_count], [Timer("nightly")], ($"Atmosphere:Timers:{key}", value));

    [Fact]
    public void Settings_override_what_the_table_says_of_a_timer()
    {
        var timer = Tables(
            [_count],
            [Timer("nightly")],
            ("Atmosphere:Timers:Nightly:Cron", "15 4 * * sun"),
            ("Atmosphere:Timers:Nightly:TimeZone", "Europe/Madrid"),
            ("Atmosphere:Timers:Nightly:Enabled", "false")).Timers.Single();

        Assert.Equal(("15 4 * * sun", "Europe/Madrid", false), (timer.Cron, timer.TimeZone, timer.Enabled));
    }

    [Theory]
    [InlineData("Deliver:Workers", "0", "Atmosphere:Pipeline:Deliver:Workers is 0; use 1 to 64")]
    [InlineData("Deliver:Workers", "many", "Atmosphere:Pipeline:Deliver: ")]
    [InlineData("Deliver:Worker", "2", "'Worker'")]
    [InlineData("Deliver:Attempts", "101", "Atmosphere:Pipeline:Deliver:Attempts is 101; use 1 to 100")]
    [InlineData("Deliver:FirstDelay", "02:00:00", "Atmosphere:Pipeline:Deliver:FirstDelay is 02:00:00; use")]
    [InlineData("Delivr:Workers", "2", "Atmosphere:Pipeline:Delivr names no step. The steps are Deliver.")]
    public void A_bad_setting_stops_the_start_with_the_key_the_value_and_the_remedy(string key, string value, string sentence) =>
        Refused(sentence, [_deliver], [], ($"Atmosphere:Pipeline:{key}", value));

    [Fact]
    public void Settings_override_what_the_table_says()
    {
        var row = Tables(
            [_deliver],
            [],
            ("Atmosphere:Pipeline:Deliver:Workers", "7"),
            ("Atmosphere:Pipeline:Deliver:Attempts", "2"),
            ("Atmosphere:Pipeline:Deliver:FirstDelay", "00:00:03")).Rows.Single();

        Assert.Equal((7, 2, TimeSpan.FromSeconds(3)), (row.Workers, row.Retry.Attempts, row.Retry.FirstDelay));
    }

    private static TimerRow Timer(string name) => TimerRow.Of(name, "0 3 * * *", "UTC", due => new Parcel($"{due:O}"));

    private static void Refused(string sentence, StepRow[] rows, TimerRow[]? timers = null, params (string Key, string Value)[] settings) =>
        Assert.Contains(sentence, Assert.Throws<FlowTableException>(() => Tables(rows, timers, settings)).Message, StringComparison.Ordinal);

    private static void Refused(string sentence, StepRow row, DoorRow door) => Assert.Contains(
        sentence,
        Assert.Throws<FlowTableException>(() => new FlowTables([new FlowTable("test", [row]) { Doors = [door] }], new ConfigurationBuilder().Build())).Message,
        StringComparison.Ordinal);

    private static FlowTables Tables(StepRow[] rows, TimerRow[]? timers = null, params (string Key, string Value)[] settings) => new(
        [new FlowTable("test", rows) { Timers = timers ?? [] }],
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build());

    private sealed class Window;
}

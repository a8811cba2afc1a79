using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class FlowTablesTests
{
    private static readonly StepRow _forward = StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)]);
    private static readonly StepRow _count = StepRow.Of<Count, Parcel>("parcel-count", []);
    private static readonly StepRow _deliver = StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []);

    [Fact]
    public void What_is_sent_but_never_handled_stops_the_start() =>
        Refused("Forward sends ParcelForwarded, but no box of any flow handles it.", [_forward]);

    [Fact]
    public void A_box_that_is_not_named_as_its_class_stops_the_start() =>
        Refused("The box 'Send' is not named as its class Deliver.", [_deliver with { Step = "Send" }]);

    [Fact]
    public void A_box_that_stands_there_twice_stops_the_start() =>
        Refused("The box 'Deliver' stands in the tables twice.", [_deliver, _deliver with { Queue = "other" }]);

    [Fact]
    public void Two_boxes_for_one_message_need_two_queues() =>
        Refused("both read Parcel from queue 'parcels'", [_forward, _count with { Queue = "parcels" }, _deliver]);

    [Theory]
    [InlineData("Deliver:Workers", "0", "Atmosphere:Pipeline:Deliver:Workers is 0; use 1 to 64")]
    [InlineData("Deliver:Workers", "many", "Atmosphere:Pipeline:Deliver: ")]
    [InlineData("Deliver:Worker", "2", "'Worker'")]
    [InlineData("Deliver:Attempts", "101", "Atmosphere:Pipeline:Deliver:Attempts is 101; use 1 to 100")]
    [InlineData("Deliver:FirstDelay", "02:00:00", "Atmosphere:Pipeline:Deliver:FirstDelay is 02:00:00; use")]
    [InlineData("Delivr:Workers", "2", "Atmosphere:Pipeline:Delivr names no step. The steps are Deliver.")]
    public void A_bad_setting_stops_the_start_with_the_key_the_value_and_the_remedy(string key, string value, string sentence) =>
        Refused(sentence, [_deliver], (key, value));

    [Fact]
    public void Settings_override_what_the_table_says()
    {
        var row = Tables([_deliver], ("Deliver:Workers", "7"), ("Deliver:Attempts", "2"), ("Deliver:FirstDelay", "00:00:03")).Rows.Single();

        Assert.Equal((7, 2, TimeSpan.FromSeconds(3)), (row.Workers, row.Retry.Attempts, row.Retry.FirstDelay));
    }

    private static void Refused(string sentence, StepRow[] rows, params (string Key, string Value)[] settings) =>
        Assert.Contains(sentence, Assert.Throws<FlowTableException>(() => Tables(rows, settings)).Message, StringComparison.Ordinal);

    private static FlowTables Tables(StepRow[] rows, params (string Key, string Value)[] settings) => new(
        [new FlowTable("test", rows)],
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Atmosphere:Pipeline:{setting.Key}", setting.Value)))
            .Build());
}

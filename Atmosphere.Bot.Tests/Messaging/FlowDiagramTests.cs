using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Messaging;

public sealed class FlowDiagramTests
{
    private static readonly FlowTable _post = new(
        "post",
        [
            StepRow.Subscribe<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], exhausted: "parcel lost"),
            StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
        ])
    {
        Doors = [DoorRow.Http<Counter>("post office", [typeof(Parcel)])],
        Timers = [TimerRow.Of("first-round", "30 6 * * mon-fri", "Europe/Madrid", due => new Parcel($"{due:O}"))],
    };

    private static readonly FlowTable _office = new("office", [StepRow.Subscribe<Count, Parcel>("parcels", [typeof(ParcelForwarded)])]);

    private sealed class Counter;

    [Fact]
    public void A_topic_has_one_place_and_an_arrow_to_every_subscriber_a_timer_says_when_and_a_door_who_knocks() => Assert.Equal(
        """
        flowchart LR
            first_round_timer(("first-round: 30 6 * * mon-fri Europe/Madrid")) -- Parcel --> parcels{{"parcels"}}
            post_office[/"post office"/] -- HTTP --> Counter[Counter]
            Counter -- Parcel --> parcels{{"parcels"}}
            parcels{{"parcels"}} --> Forward[Forward]
            Forward -- ParcelForwarded --> parcels_forwarded[("parcels-forwarded")]
            Forward -. exhausted .-> Forward_exhausted(["parcel lost"])
            parcels_forwarded[("parcels-forwarded")] --> Deliver[Deliver]
            parcels{{"parcels"}} --> Count_out(["office: Count"])

        """,
        FlowDiagram.Mermaid(_post, [_post, _office]));

    [Fact]
    public void A_diagram_shows_a_topic_of_another_one_with_all_who_listen() => Assert.Equal(
        """
        flowchart LR
            parcels{{"parcels"}} --> Count[Count]
            Count -- ParcelForwarded --> parcels_forwarded_out(["post: parcels-forwarded"])
            parcels{{"parcels"}} --> Forward_out(["post: Forward"])

        """,
        FlowDiagram.Mermaid(_office, [_post, _office]));
}

using System.Globalization;
using Spectre.Console;

namespace Atmosphere.Bot.Console;

/// <summary>The output of verbs: colours and progress bars on a terminal; plain lines in a file or pipe, or with NO_COLOR.</summary>
internal sealed class Terminal
{
    private const int WidthOfFiles = 1000;

    /// <summary>The style of failures.</summary>
    public static readonly Style Bad = new(Color.Red);

    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly Lock _writing = new();
    private List<(string Text, Style? Style)>? _afterTheBar;

    private Terminal(IAnsiConsole output, TextWriter error, TimeProvider clock) => (Out, Error, _clock) = (output, error, clock);

    /// <summary>Standard output.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether progress bars can be shown.</summary>
    public bool IsInteractive => Out.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(TimeProvider clock)
    {
        var output = System.Console.IsOutputRedirected ? Plain(System.Console.Out) : AnsiConsole.Create(new AnsiConsoleSettings());
        return new Terminal(output, System.Console.Error, clock);
    }

    /// <summary>A terminal that writes plain lines.</summary>
    public static Terminal Into(TextWriter output, TextWriter error, TimeProvider clock) => new(Plain(output), error, clock);

    /// <summary>Writes a line without interpreting markup; during a progress bar, after it has finished.</summary>
    public void Line(string text = "", Style? style = null)
    {
        lock (_writing)
        {
            if (_afterTheBar is null)
                Out.WriteLine(text, style);
            else
                _afterTheBar.Add((text, style));
        }
    }

    /// <summary>Shows the progress of some work.</summary>
    /// <param name="title">The work, such as "Recognising photos".</param>
    /// <param name="total">Number of items.</param>
    /// <param name="work">Reports the number of finished items.</param>
    public async Task ProgressAsync(string title, int total, Func<IProgress<int>, Task> work)
    {
        if (!IsInteractive)
        {
            await work(new Lines(this, title, total));
            return;
        }

        _afterTheBar = [];
        try
        {
            await Out.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                    await work(new Bar(bar));
                });
        }
        finally
        {
            Flush();
        }
    }

    private void Flush()
    {
        lock (_writing)
        {
            foreach (var (text, style) in _afterTheBar ?? [])
                Out.WriteLine(text, style);
            _afterTheBar = null;
        }
    }

    private static IAnsiConsole Plain(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = WidthOfFiles;
        return console;
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }

    private sealed class Lines(Terminal terminal, string title, int total) : IProgress<int>
    {
        private long _last = terminal._clock.GetTimestamp();

        public void Report(int value)
        {
            if (value < total && terminal._clock.GetElapsedTime(_last) < _betweenLines)
                return;
            _last = terminal._clock.GetTimestamp();
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{title}: {value:N0} of {total:N0}"));
        }
    }
}

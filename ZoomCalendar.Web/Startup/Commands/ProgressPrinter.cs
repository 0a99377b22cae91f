using ZoomCalendar.Core.Operations.DatabaseCopy;

namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>Prints progress: a bar on a terminal, one line for each table elsewhere.</summary>
internal sealed class ProgressPrinter(TextWriter output, bool isTerminal)
{
    private const int Width = 30;

    private bool _isInLine;

    /// <summary>All rows to copy, from the latest report.</summary>
    public long Total { get; private set; }

    public void Report(CopyProgress progress)
    {
        Total = progress.Total;
        var word = progress.Phase is CopyPhase.Copying ? "copying" : "comparing";
        if (isTerminal)
        {
            var share = progress.Total == 0 ? 1.0 : (double)progress.Done / progress.Total;
            var bar = new string('#', (int)(share * Width)).PadRight(Width, '.');
            output.Write($"\r[{bar}] {share,4:P0}  {word} {progress.Table}".PadRight(Width + 50));
            output.Flush();
            _isInLine = true;
        }
        else if (progress is { IsTableDone: true, Rows: > 0 })
        {
            Say($"{word} {progress.Table}: {progress.Rows} rows");
        }
    }

    public void Say(string line)
    {
        EndLine();
        output.WriteLine(line);
        output.Flush();
    }

    public void EndLine()
    {
        if (_isInLine)
        {
            output.WriteLine();
            _isInLine = false;
        }
    }
}

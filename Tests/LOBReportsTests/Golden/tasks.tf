# AWS DMS tasks from a profile by lobscope.

variable "source_endpoint_arns" {
  description = "ARN of the source endpoint of each task."
  type        = map(string)
}

variable "target_endpoint_arn" {
  description = "ARN of the target endpoint."
  type        = string
}

variable "replication_instance_arn" {
  description = "ARN of the replication instance."
  type        = string
}

# The resource aws_dms_endpoint of its source needs:
#   extra_connection_attributes = "unboundedVarcharMaxSize=65536"
#   postgres_settings {
#     fail_tasks_on_lob_truncation = true
#   }
resource "aws_dms_replication_task" "task" {
  replication_task_id      = "lobscope-orders"
  migration_type           = "cdc"
  replication_instance_arn = var.replication_instance_arn
  source_endpoint_arn      = var.source_endpoint_arns["task"]
  target_endpoint_arn      = var.target_endpoint_arn

  table_mappings = jsonencode({
    "rules" = [
      {
        "rule-type" = "selection"
        "rule-id"   = "963897325"
        "rule-name" = "archive-documents"
        "object-locator" = {
          "schema-name" = "archive"
          "table-name"  = "documents"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "795985365"
        "rule-name" = "archive-drafts"
        "object-locator" = {
          "schema-name" = "archive"
          "table-name"  = "drafts"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "266536815"
        "rule-name" = "hostile-_TAB-266536815"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\u0009TAB"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "258688421"
        "rule-name" = "hostile-__1_1-258688421"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = " =1+1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "725501829"
        "rule-name" = "hostile-_lead-725501829"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = " lead"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "252899336"
        "rule-name" = "hostile-_123-252899336"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "!123"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "868294365"
        "rule-name" = "hostile-_img_png_-868294365"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "!img.png!"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "330849313"
        "rule-name" = "hostile-_-330849313"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\""
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "355611251"
        "rule-name" = "hostile-___svg_onload_alert_1__-355611251"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\"><svg onload=alert(1)>"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "612208493"
        "rule-name" = "hostile-_1-612208493"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "#1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "482220610"
        "rule-name" = "hostile-_1-482220610"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "$1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "367752811"
        "rule-name" = "hostile-_x_-367752811"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "$x$"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "620157461"
        "rule-name" = "hostile-_copy_-620157461"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "&copy;"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "453489923"
        "rule-name" = "hostile-_quoted_-453489923"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "'quoted'"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "121315670"
        "rule-name" = "hostile-__bold__-121315670"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "**bold**"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "976850961"
        "rule-name" = "hostile-_1_cmd____C_calc__A0-976850961"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "+1+cmd|' /C calc'!A0"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "188492515"
        "rule-name" = "hostile-__-188492515"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "--"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "667266080"
        "rule-name" = "hostile-_2_3-667266080"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "-2+3"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "291169323"
        "rule-name" = "hostile-_smile_-291169323"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = ":smile:"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "662472175"
        "rule-name" = "hostile-__DROP_TABLE_x-662472175"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "; DROP TABLE x"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "286938216"
        "rule-name" = "hostile-____-286938216"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<!--"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "548096817"
        "rule-name" = "hostile-__script__img_src_x_onerror_alert_1__-548096817"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "</script><img src=x onerror=alert(1)>"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "782484414"
        "rule-name" = "hostile-_b_b__b_-782484414"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<b>b</b>"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "434187310"
        "rule-name" = "hostile-_script_alert_1___script_-434187310"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<script>alert(1)</script>"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "195635167"
        "rule-name" = "hostile-_HYPERLINK__http___evil_example___x__-195635167"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "=HYPERLINK(\"http://evil.example\",\"x\")"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "750501138"
        "rule-name" = "hostile-___1_1-750501138"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "=́1+1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "447482003"
        "rule-name" = "hostile-_SUM_A1_-447482003"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "@SUM(A1)"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "236668010"
        "rule-name" = "hostile-_admin-236668010"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "@admin"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "338984192"
        "rule-name" = "hostile-C__-338984192"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "C:\\"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "758327357"
        "rule-name" = "hostile-CamelCase"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "CamelCase"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "829666896"
        "rule-name" = "hostile-GH_1-829666896"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "GH-1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "602925919"
        "rule-name" = "hostile-_-602925919"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\\"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "691681697"
        "rule-name" = "hostile-__proto__"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "__proto__"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "580259489"
        "rule-name" = "hostile-_under_"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "_under_"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "375960158"
        "rule-name" = "hostile-_code____x__-375960158"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "`code` ``x``"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "489221982"
        "rule-name" = "hostile-a__b-489221982"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a  b"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "895585569"
        "rule-name" = "hostile-a_b_c-895585569"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a,b\"c"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "479863952"
        "rule-name" = "hostile-a_b-479863952"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a.b"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "577179398"
        "rule-name" = "hostile-a__b-577179398"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a\\|b"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "208659546"
        "rule-name" = "hostile-a_b-208659546"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a|b"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "184004537"
        "rule-name" = "hostile-bell_-184004537"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "bell\u0007"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "681862368"
        "rule-name" = "hostile-bom___-681862368"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "bom\ufeff"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "761248177"
        "rule-name" = "hostile-c1__31m-761248177"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "c1\u009b31m"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "202505331"
        "rule-name" = "hostile-cafe__-202505331"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "café"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "407741533"
        "rule-name" = "hostile-caf__-407741533"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "café"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "625692737"
        "rule-name" = "hostile-cr__lf-625692737"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "cr\u000d\u000alf"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "962965212"
        "rule-name" = "hostile-deadbeefcafe"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "deadbeefcafe"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "332329235"
        "rule-name" = "hostile-del_-332329235"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "del\u007f"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "427391901"
        "rule-name" = "hostile-https___evil_example_-427391901"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "https://evil.example/"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "809014637"
        "rule-name" = "hostile-iso___late___-809014637"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "iso\u2066late\u2069"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "881754771"
        "rule-name" = "hostile-joiner___-881754771"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "joiner\u200d"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "699092286"
        "rule-name" = "hostile-line_break-699092286"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "line\u000abreak"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "142788588"
        "rule-name" = "hostile-ls___ps___-142788588"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "ls\u2028ps\u2029"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "113320229"
        "rule-name" = "hostile-nel__-113320229"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "nel\u0085"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "485700847"
        "rule-name" = "hostile-ordinary"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "ordinary"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "126906934"
        "rule-name" = "hostile-org_repo_1-126906934"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "org/repo#1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "202592624"
        "rule-name" = "hostile-rtl___gnp_exe-202592624"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "rtl\u202egnp.exe"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "811173089"
        "rule-name" = "hostile-select"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "select"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "465177920"
        "rule-name" = "hostile-soft__hyphen-465177920"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "soft\u00adhyphen"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "119434388"
        "rule-name" = "hostile-t_____pwn_____-119434388"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "t\"́, pwn() --"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "874229634"
        "rule-name" = "hostile-tag____-874229634"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "tag\U000e0041"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "637654893"
        "rule-name" = "hostile-trail_-637654893"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "trail "
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "935675056"
        "rule-name" = "hostile-user_evil_example-935675056"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "user@evil.example"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "787461939"
        "rule-name" = "hostile-with_space-787461939"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "with space"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "483664824"
        "rule-name" = "hostile-www_evil_example-483664824"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "www.evil.example"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "148135310"
        "rule-name" = "hostile-zero___width-148135310"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "zero\u200bwidth"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "784216909"
        "rule-name" = "hostile-_html_x_html_-784216909"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "{html}x{html}"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "853571171"
        "rule-name" = "hostile-__constructor_constructor__alert_1_______-853571171"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "{{constructor.constructor('alert(1)')()}}"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "619911490"
        "rule-name" = "hostile-_______-619911490"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "| --- |"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "727247352"
        "rule-name" = "hostile-___-727247352"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "|́"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "211387189"
        "rule-name" = "hostile-_tilde_-211387189"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "~tilde~"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "474901874"
        "rule-name" = "hostile-__start-474901874"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "́start"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "398215576"
        "rule-name" = "hostile-____1-398215576"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\u3000=1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "464913771"
        "rule-name" = "hostile-_______________-464913771"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "表テーブル"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "685375383"
        "rule-name" = "hostile-_________-685375383"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "가하"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "755876620"
        "rule-name" = "hostile-___1_1-755876620"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "＝1+1"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "358322372"
        "rule-name" = "hostile-____-358322372"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "😀"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "181962099"
        "rule-name" = "public-empty"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "empty"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "359041091"
        "rule-name" = "public-events_2025"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "events_2025"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "970669302"
        "rule-name" = "public-events_2026"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "events_2026"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "480180619"
        "rule-name" = "public-metrics"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "metrics"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "823602856"
        "rule-name" = "public-numbers"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "numbers"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "334074079"
        "rule-name" = "public-orders"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "orders"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "953758123"
        "rule-name" = "public-settings"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "settings"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "787130698"
        "rule-name" = "secret-letters"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "letters"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "710205895"
        "rule-name" = "secret-moving"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "moving"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "selection"
        "rule-id"   = "342956769"
        "rule-name" = "secret-older"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "older"
        }
        "rule-action" = "explicit"
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "865688735"
        "rule-name" = "archive-documents-lob"
        "object-locator" = {
          "schema-name" = "archive"
          "table-name"  = "documents"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "1024"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "492224647"
        "rule-name" = "archive-drafts-lob"
        "object-locator" = {
          "schema-name" = "archive"
          "table-name"  = "drafts"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "8"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "143446981"
        "rule-name" = "hostile-_TAB-143446981-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\u0009TAB"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "820068663"
        "rule-name" = "hostile-__1_1-820068663-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = " =1+1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "944493763"
        "rule-name" = "hostile-_lead-944493763-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = " lead"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "986844666"
        "rule-name" = "hostile-_123-986844666-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "!123"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "665241163"
        "rule-name" = "hostile-_img_png_-665241163-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "!img.png!"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "217148283"
        "rule-name" = "hostile-_-217148283-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\""
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "238394617"
        "rule-name" = "hostile-___svg_onload_alert_1__-238394617-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\"><svg onload=alert(1)>"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "791603739"
        "rule-name" = "hostile-_1-791603739-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "#1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "638622228"
        "rule-name" = "hostile-_1-638622228-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "$1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "614154481"
        "rule-name" = "hostile-_x_-614154481-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "$x$"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "711844151"
        "rule-name" = "hostile-_copy_-711844151-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "&copy;"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "615131809"
        "rule-name" = "hostile-_quoted_-615131809-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "'quoted'"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "423149928"
        "rule-name" = "hostile-__bold__-423149928-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "**bold**"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "503398767"
        "rule-name" = "hostile-_1_cmd____C_calc__A0-503398767-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "+1+cmd|' /C calc'!A0"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "168176701"
        "rule-name" = "hostile-__-168176701-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "--"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "203722390"
        "rule-name" = "hostile-_2_3-203722390-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "-2+3"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "102859629"
        "rule-name" = "hostile-_smile_-102859629-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = ":smile:"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "998251849"
        "rule-name" = "hostile-__DROP_TABLE_x-998251849-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "; DROP TABLE x"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "645493338"
        "rule-name" = "hostile-____-645493338-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<!--"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "740524587"
        "rule-name" = "hostile-__script__img_src_x_onerror_alert_1__-740524587-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "</script><img src=x onerror=alert(1)>"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "148408600"
        "rule-name" = "hostile-_b_b__b_-148408600-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<b>b</b>"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "570495740"
        "rule-name" = "hostile-_script_alert_1___script_-570495740-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "<script>alert(1)</script>"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "238510157"
        "rule-name" = "hostile-_HYPERLINK__http___evil_example___x__-238510157-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "=HYPERLINK(\"http://evil.example\",\"x\")"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "482143664"
        "rule-name" = "hostile-___1_1-482143664-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "=́1+1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "784635889"
        "rule-name" = "hostile-_SUM_A1_-784635889-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "@SUM(A1)"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "524571040"
        "rule-name" = "hostile-_admin-524571040-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "@admin"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "831178878"
        "rule-name" = "hostile-C__-831178878-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "C:\\"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "558950999"
        "rule-name" = "hostile-CamelCase-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "CamelCase"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "732069566"
        "rule-name" = "hostile-GH_1-732069566-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "GH-1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "224148741"
        "rule-name" = "hostile-_-224148741-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\\"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "919421699"
        "rule-name" = "hostile-__proto__-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "__proto__"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "827040175"
        "rule-name" = "hostile-_under_-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "_under_"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "707351408"
        "rule-name" = "hostile-_code____x__-707351408-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "`code` ``x``"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "998953972"
        "rule-name" = "hostile-a__b-998953972-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a  b"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "176163851"
        "rule-name" = "hostile-a_b_c-176163851-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a,b\"c"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "181513670"
        "rule-name" = "hostile-a_b-181513670-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a.b"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "333188884"
        "rule-name" = "hostile-a__b-333188884-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a\\|b"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "371111964"
        "rule-name" = "hostile-a_b-371111964-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "a|b"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "381133079"
        "rule-name" = "hostile-bell_-381133079-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "bell\u0007"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "522068630"
        "rule-name" = "hostile-bom___-522068630-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "bom\ufeff"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "269673215"
        "rule-name" = "hostile-c1__31m-269673215-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "c1\u009b31m"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "971167805"
        "rule-name" = "hostile-cafe__-971167805-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "café"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "940475567"
        "rule-name" = "hostile-caf__-940475567-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "café"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "111685659"
        "rule-name" = "hostile-cr__lf-111685659-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "cr\u000d\u000alf"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "933950206"
        "rule-name" = "hostile-deadbeefcafe-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "deadbeefcafe"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "739341241"
        "rule-name" = "hostile-del_-739341241-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "del\u007f"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "900605055"
        "rule-name" = "hostile-https___evil_example_-900605055-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "https://evil.example/"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "437627319"
        "rule-name" = "hostile-iso___late___-437627319-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "iso\u2066late\u2069"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "636927685"
        "rule-name" = "hostile-joiner___-636927685-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "joiner\u200d"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "873720900"
        "rule-name" = "hostile-line_break-873720900-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "line\u000abreak"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "526256982"
        "rule-name" = "hostile-ls___ps___-526256982-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "ls\u2028ps\u2029"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "674579803"
        "rule-name" = "hostile-nel__-674579803-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "nel\u0085"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "230297065"
        "rule-name" = "hostile-ordinary-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "ordinary"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "703983660"
        "rule-name" = "hostile-org_repo_1-703983660-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "org/repo#1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "710417462"
        "rule-name" = "hostile-rtl___gnp_exe-710417462-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "rtl\u202egnp.exe"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "245556667"
        "rule-name" = "hostile-select-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "select"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "690894190"
        "rule-name" = "hostile-soft__hyphen-690894190-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "soft\u00adhyphen"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "249241306"
        "rule-name" = "hostile-t_____pwn_____-249241306-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "t\"́, pwn() --"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "772340112"
        "rule-name" = "hostile-tag____-772340112-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "tag\U000e0041"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "712011555"
        "rule-name" = "hostile-trail_-712011555-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "trail "
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "691187894"
        "rule-name" = "hostile-user_evil_example-691187894-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "user@evil.example"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "459836009"
        "rule-name" = "hostile-with_space-459836009-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "with space"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "840066298"
        "rule-name" = "hostile-www_evil_example-840066298-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "www.evil.example"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "352607584"
        "rule-name" = "hostile-zero___width-352607584-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "zero\u200bwidth"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "183107691"
        "rule-name" = "hostile-_html_x_html_-183107691-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "{html}x{html}"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "942543089"
        "rule-name" = "hostile-__constructor_constructor__alert_1_______-942543089-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "{{constructor.constructor('alert(1)')()}}"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "676854192"
        "rule-name" = "hostile-_______-676854192-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "| --- |"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "666713758"
        "rule-name" = "hostile-___-666713758-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "|́"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "101796667"
        "rule-name" = "hostile-_tilde_-101796667-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "~tilde~"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "567419248"
        "rule-name" = "hostile-__start-567419248-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "́start"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "219638426"
        "rule-name" = "hostile-____1-219638426-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "\u3000=1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "604515477"
        "rule-name" = "hostile-_______________-604515477-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "表テーブル"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "496251853"
        "rule-name" = "hostile-_________-496251853-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "가하"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "546642990"
        "rule-name" = "hostile-___1_1-546642990-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "＝1+1"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "868852674"
        "rule-name" = "hostile-____-868852674-lob"
        "object-locator" = {
          "schema-name" = "hostile"
          "table-name"  = "😀"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "329999373"
        "rule-name" = "public-empty-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "empty"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "907042077"
        "rule-name" = "public-events_2025-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "events_2025"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "8"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "872157444"
        "rule-name" = "public-events_2026-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "events_2026"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "8"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "962791825"
        "rule-name" = "public-metrics-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "metrics"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "16"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "689984869"
        "rule-name" = "public-orders-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "orders"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "543920385"
        "rule-name" = "public-settings-lob"
        "object-locator" = {
          "schema-name" = "public"
          "table-name"  = "settings"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "294153792"
        "rule-name" = "secret-letters-lob"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "letters"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "64"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "549881673"
        "rule-name" = "secret-moving-lob"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "moving"
        }
        "lob-settings" = {
          "mode"          = "unlimited"
          "bulk-max-size" = "16"
        }
      },
      {
        "rule-type" = "table-settings"
        "rule-id"   = "841790847"
        "rule-name" = "secret-older-lob"
        "object-locator" = {
          "schema-name" = "secret"
          "table-name"  = "older"
        }
        "lob-settings" = {
          "mode"          = "limited"
          "bulk-max-size" = "32"
        }
      },
    ]
  })

  replication_task_settings = jsonencode({
    "TargetMetadata" = {
      "TargetSchema"                 = ""
      "SupportLobs"                  = true
      "FullLobMode"                  = false
      "LobChunkSize"                 = 64
      "LimitedSizeLobMode"           = true
      "LobMaxSize"                   = 32
      "InlineLobMaxSize"             = 0
      "LoadMaxFileSize"              = 0
      "ParallelLoadThreads"          = 0
      "ParallelLoadBufferSize"       = 0
      "ParallelLoadQueuesPerThread"  = 0
      "ParallelApplyThreads"         = 0
      "ParallelApplyBufferSize"      = 0
      "ParallelApplyQueuesPerThread" = 0
      "BatchApplyEnabled"            = false
      "TaskRecoveryTableEnabled"     = true
    }
    "FullLoadSettings" = {
      "TargetTablePrepMode"             = "DO_NOTHING"
      "CreatePkAfterFullLoad"           = false
      "StopTaskCachedChangesApplied"    = false
      "StopTaskCachedChangesNotApplied" = false
      "MaxFullLoadSubTasks"             = 8
      "TransactionConsistencyTimeout"   = 600
      "CommitRate"                      = 10000
    }
    "TTSettings" = {
      "EnableTT"         = false
      "TTS3Settings"     = null
      "TTRecordSettings" = null
    }
    "Logging" = {
      "EnableLogging"    = true
      "EnableLogContext" = false
      "LogComponents" = [
        {
          "Id"       = "TRANSFORMATION"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "SOURCE_UNLOAD"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "IO"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "TARGET_LOAD"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "PERFORMANCE"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "SOURCE_CAPTURE"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "SORTER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "REST_SERVER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "VALIDATOR_EXT"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "TARGET_APPLY"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "TASK_MANAGER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "TABLES_MANAGER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "METADATA_MANAGER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "FILE_FACTORY"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "COMMON"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "ADDONS"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "DATA_STRUCTURE"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "COMMUNICATION"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
        {
          "Id"       = "FILE_TRANSFER"
          "Severity" = "LOGGER_SEVERITY_DEFAULT"
        },
      ]
    }
    "ControlTablesSettings" = {
      "ControlSchema"                 = ""
      "HistoryTimeslotInMinutes"      = 5
      "HistoryTableEnabled"           = true
      "SuspendedTablesTableEnabled"   = true
      "StatusTableEnabled"            = true
      "FullLoadExceptionTableEnabled" = false
    }
    "StreamBufferSettings" = {
      "StreamBufferCount"        = 3
      "StreamBufferSizeInMB"     = 8
      "CtrlStreamBufferSizeInMB" = 5
    }
    "ChangeProcessingDdlHandlingPolicy" = {
      "HandleSourceTableDropped"   = true
      "HandleSourceTableTruncated" = true
      "HandleSourceTableAltered"   = true
    }
    "ErrorBehavior" = {
      "DataErrorPolicy"                             = "LOG_ERROR"
      "DataTruncationErrorPolicy"                   = "LOG_ERROR"
      "DataErrorEscalationPolicy"                   = "SUSPEND_TABLE"
      "DataErrorEscalationCount"                    = 0
      "EventErrorPolicy"                            = "IGNORE"
      "TableErrorPolicy"                            = "SUSPEND_TABLE"
      "TableErrorEscalationPolicy"                  = "STOP_TASK"
      "TableErrorEscalationCount"                   = 0
      "RecoverableErrorCount"                       = -1
      "RecoverableErrorInterval"                    = 5
      "RecoverableErrorThrottling"                  = true
      "RecoverableErrorThrottlingMax"               = 1800
      "RecoverableErrorStopRetryAfterThrottlingMax" = true
      "ApplyErrorDeletePolicy"                      = "IGNORE_RECORD"
      "ApplyErrorInsertPolicy"                      = "LOG_ERROR"
      "ApplyErrorUpdatePolicy"                      = "LOG_ERROR"
      "ApplyErrorEscalationPolicy"                  = "LOG_ERROR"
      "ApplyErrorEscalationCount"                   = 0
      "ApplyErrorFailOnTruncationDdl"               = false
      "FullLoadIgnoreConflicts"                     = true
      "FailOnTransactionConsistencyBreached"        = false
      "FailOnNoTablesCaptured"                      = true
    }
    "ChangeProcessingTuning" = {
      "BatchApplyPreserveTransaction" = true
      "BatchApplyTimeoutMin"          = 1
      "BatchApplyTimeoutMax"          = 30
      "BatchApplyMemoryLimit"         = 500
      "BatchSplitSize"                = 0
      "MinTransactionSize"            = 1000
      "CommitTimeout"                 = 1
      "MemoryLimitTotal"              = 1024
      "MemoryKeepTime"                = 60
      "StatementCacheSize"            = 50
    }
    "ValidationSettings" = {
      "EnableValidation"                 = false
      "ValidationMode"                   = "ROW_LEVEL"
      "ThreadCount"                      = 5
      "PartitionSize"                    = 10000
      "FailureMaxCount"                  = 10000
      "TableFailureMaxCount"             = 1000
      "RecordFailureDelayInMinutes"      = 5
      "RecordFailureDelayLimitInMinutes" = 0
      "RecordSuspendDelayInMinutes"      = 30
      "MaxKeyColumnSize"                 = 8096
      "HandleCollationDiff"              = false
      "ValidationOnly"                   = false
      "SkipLobColumns"                   = false
      "ValidationPartialLobSize"         = 32
      "ValidationQueryCdcDelaySeconds"   = 0
    }
    "PostProcessingRules"                 = null
    "CharacterSetSettings"                = null
    "LoopbackPreventionSettings"          = null
    "BeforeImageSettings"                 = null
    "FailTaskWhenCleanTaskResourceFailed" = false
  })
}
